import type { NextConfig } from "next";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // No image is resized at run time, so the image library and its disk cache stay out of the release.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "*": ["node_modules/sharp/**/*", "node_modules/@img/**/*"] },
  // Streams are told apart by `no-transform` (lib/server/forward.ts): compression would hold them back.
  compress: true,
  poweredByHeader: false,
  devIndicators: false,
  reactStrictMode: true,
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
