"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError } from "@/lib/api/http";
import { loadTheme } from "@/lib/shell/theme";

/** A server that can't be reached may come back; any other error stays what it is. */
function worthRetrying(failures: number, error: Error): boolean {
  return error instanceof ApiError && error.unreachable && failures < 2;
}

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 30_000, refetchOnWindowFocus: true, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  useEffect(loadTheme, []);
  return (
    <QueryClientProvider client={client}>
      {children}
    </QueryClientProvider>
  );
}
