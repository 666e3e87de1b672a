"use client";

import type { UseChatHelpers } from "@ai-sdk/react";
import type { ChatInit } from "ai";
import { useCallback, useEffect, useMemo, useRef, useState, type ComponentType, type ReactNode } from "react";
import type { ChatMessage, TurnExtras } from "@/lib/api/chat";

export type LiveChat = Pick<UseChatHelpers<ChatMessage>, "messages" | "status" | "error" | "setMessages" | "clearError" | "sendMessage" | "stop">;

export interface EngineProps extends Required<Pick<ChatInit<ChatMessage>, "onFinish" | "onData">> {
  id: string;
  initial: ChatMessage[];
  onChat: (chat: LiveChat) => void;
}

export interface Chat extends Omit<LiveChat, "sendMessage" | "stop" | "setMessages"> {
  send: (message: ChatMessage, extras: TurnExtras) => void;
  stop: () => void;
  /** Take a message out that was not sent. */
  drop: (id: string) => void;
  /** Have the engine's script come: something is about to be said. */
  prepare: () => void;
  /** To be drawn somewhere; nothing is seen of it. */
  engine: ReactNode;
}

interface Waiting {
  message: ChatMessage;
  extras: TurnExtras;
}

type Engine = ComponentType<EngineProps>;

async function loadEngine(): Promise<Engine> {
  try {
    return (await import("@/components/chat/chat-engine")).ChatEngine;
  } catch (error) {
    // As a request that does not arrive: what the bundler says of it tells nobody anything.
    throw new TypeError("The chat's script could not be fetched.", { cause: error });
  }
}

/** The engine's script, once it is asked for. */
function useEngine(onFailure: (error: Error) => void) {
  const [Loaded, setLoaded] = useState<Engine | null>(null);
  const loading = useRef(false);
  const load = useCallback(() => {
    if (loading.current) return;
    loading.current = true;
    loadEngine().then(
      (engine) => setLoaded(() => engine),
      (error: Error) => {
        loading.current = false;
        onFailure(error);
      },
    );
  }, [onFailure]);
  return { Loaded, load };
}

/** A conversation whose engine is fetched when something is first said: what is said meanwhile waits for it, and is shown. */
export function useLazyChat({ id, initial, onFinish, onData }: Omit<EngineProps, "onChat">): Chat {
  const [live, setLive] = useState<LiveChat | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [failure, setFailure] = useState<Error | undefined>();
  const said = useRef(false);
  // A script that was fetched ahead and did not come is no failure yet: it is asked for again when something is said.
  const fail = useCallback((error: Error) => {
    if (said.current) setFailure(error);
    said.current = false;
  }, []);
  const { Loaded, load } = useEngine(fail);
  const passedOn = useRef<Waiting | null>(null);

  useEffect(() => {
    if (!live || !waiting || passedOn.current === waiting) return;
    passedOn.current = waiting;
    void live.sendMessage(waiting.message, { body: { ...waiting.extras } });
    setWaiting(null);
  }, [live, waiting]);

  const send = (message: ChatMessage, extras: TurnExtras) => {
    setFailure(undefined);
    if (live) return void live.sendMessage(message, { body: { ...extras } });
    said.current = true;
    setWaiting({ message, extras });
    load();
  };
  const stop = () => {
    if (live) void live.stop();
    else setWaiting(null);
  };
  const drop = (messageId: string) => {
    if (live) live.setMessages((shown) => shown.filter((message) => message.id !== messageId));
    else setWaiting(null);
  };
  const clearError = () => {
    setFailure(undefined);
    live?.clearError();
  };
  const shown = useMemo(() => (waiting ? [...initial, waiting.message] : initial), [initial, waiting]);
  const engine = Loaded && <Loaded id={id} initial={initial} onChat={setLive} onFinish={onFinish} onData={onData} />;
  const lost = waiting && failure;
  const idle = { messages: shown, status: lost ? "error" : waiting ? "submitted" : "ready", error: failure } as const;
  const { messages, status, error } = live && !waiting ? live : idle;
  return { messages, status, error, clearError, send, stop, drop, prepare: load, engine };
}
