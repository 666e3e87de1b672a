import type { MetadataRoute } from "next";

/** With it the page can be put on a phone's home screen; an iPhone lets only such pages notify. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Todo Chatbot",
    short_name: "Todo",
    description: "A todo list that you run by talking to it.",
    start_url: "/",
    display: "standalone",
    background_color: "#f7f7f5",
    theme_color: "#f7f7f5",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
