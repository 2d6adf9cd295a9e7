/** How a customer's server signs an id, in the languages that servers are written in. */

export const LANGUAGES = ["Python", "Node", "Ruby", "PHP", "Go"] as const;
export type ServerLanguage = (typeof LANGUAGES)[number];

export const SIGN: Record<ServerLanguage, string> = {
  Python: `import hashlib, hmac, os

secret = os.environ["REJOINDER_SECRET"]
identity_hash = hmac.new(
    secret.encode(), distinct_id.encode(), hashlib.sha256
).hexdigest()`,
  Node: `import { createHmac } from "node:crypto"

const identityHash = createHmac("sha256", process.env.REJOINDER_SECRET)
  .update(distinctId)
  .digest("hex")`,
  Ruby: `require "openssl"

identity_hash = OpenSSL::HMAC.hexdigest(
  "SHA256", ENV.fetch("REJOINDER_SECRET"), distinct_id
)`,
  PHP: `$identityHash = hash_hmac('sha256', $distinctId, getenv('REJOINDER_SECRET'));`,
  Go: `import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"os"
)

func identityHash(distinctID string) string {
	mac := hmac.New(sha256.New, []byte(os.Getenv("REJOINDER_SECRET")))
	mac.Write([]byte(distinctID))
	return hex.EncodeToString(mac.Sum(nil))
}`,
};

export const PROVE = `posthog.setIdentity("<distinct_id>", "<identity_hash>")`;
