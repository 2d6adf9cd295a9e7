/** The widget's settings as a form has them: texts are empty where the default holds. */

import type { ConversationsSettings, Position, SettingsPatch } from "../../../../api/project";

/** What the widget shows where nothing is set; its own words, whatever language the team reads. */
export const DEFAULTS = {
  widget_color: "#1d4aff",
  widget_greeting_text: "Hey, how can I help you today?",
  widget_placeholder_text: "Type your message...",
  widget_identification_form_title: "Before we start...",
  widget_identification_form_description: "Please provide your details so we can help you better.",
} as const;

export interface WidgetValues {
  widget_enabled: boolean;
  widget_color: string;
  widget_position: Position;
  widget_greeting_text: string;
  widget_placeholder_text: string;
  widget_require_email: boolean;
  widget_collect_name: boolean;
  widget_identification_form_title: string;
  widget_identification_form_description: string;
  widget_attachments_enabled: boolean;
  restore_enabled: boolean;
}

export function widgetOf(settings: ConversationsSettings): WidgetValues {
  return {
    widget_enabled: settings.widget_enabled ?? false,
    widget_color: settings.widget_color ?? DEFAULTS.widget_color,
    widget_position: settings.widget_position ?? "bottom_right",
    widget_greeting_text: settings.widget_greeting_text ?? "",
    widget_placeholder_text: settings.widget_placeholder_text ?? "",
    widget_require_email: settings.widget_require_email ?? false,
    widget_collect_name: settings.widget_collect_name ?? false,
    widget_identification_form_title: settings.widget_identification_form_title ?? "",
    widget_identification_form_description: settings.widget_identification_form_description ?? "",
    widget_attachments_enabled: settings.widget_attachments_enabled ?? false,
    restore_enabled: settings.restore_enabled ?? true,
  };
}

/** An emptied text goes back to its default. */
export const patchOf = (changes: Partial<WidgetValues>): SettingsPatch =>
  Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [
      name,
      typeof value === "string" ? value.trim() || null : value,
    ]),
  );

const COLOR = /^#[0-9a-f]{6}$/i;

export const isColor = (text: string): boolean => COLOR.test(text);

/** Black or white, whichever can be read on the colour; as the widget decides. */
export function textOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ];
  const brightness = Math.sqrt(0.299 * red ** 2 + 0.587 * green ** 2 + 0.114 * blue ** 2);
  return brightness > 127.5 ? "#020617" : "white";
}
