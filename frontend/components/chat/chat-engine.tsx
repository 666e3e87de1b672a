"use client";

import { useChat } from "@ai-sdk/react";
import { memo, useLayoutEffect } from "react";
import type { EngineProps } from "@/lib/chat/engine";
import { chatTransport } from "@/lib/api/chat-transport";
import type { ChatMessage } from "@/lib/api/chat";

const REDRAW = 40;

/** Draws nothing: the AI SDK's chat, told to `onChat` at each change. A script of its own, as it is most of the chat's weight. */
export const ChatEngine = memo(function ChatEngine({ id, initial, onChat, onFinish, onData }: EngineProps) {
  const chat = useChat<ChatMessage>({ id, messages: initial, transport: chatTransport, throttle: REDRAW, onFinish, onData });
  const { messages, status, error, setMessages, clearError, sendMessage, stop } = chat;
  useLayoutEffect(
    () => onChat({ messages, status, error, setMessages, clearError, sendMessage, stop }),
    [messages, status, error, setMessages, clearError, sendMessage, stop, onChat],
  );
  return null;
});
