import { GitBranch, Hash, type LucideIcon, Mail, MessageCircle, Users } from "lucide-preact";
import type { Channel } from "../../api/types";
import { t } from "../../i18n";

export const CHANNELS: Record<Channel, LucideIcon> = {
  widget: MessageCircle,
  email: Mail,
  slack: Hash,
  teams: Users,
  github: GitBranch,
};

export function ChannelIcon({ channel, size = 13 }: { channel: Channel; size?: number }) {
  const Icon = CHANNELS[channel];
  return (
    <span
      class="channel-icon"
      role="img"
      aria-label={t(`channel_${channel}`)}
      title={t(`channel_${channel}`)}
    >
      <Icon size={size} aria-hidden="true" />
    </span>
  );
}
