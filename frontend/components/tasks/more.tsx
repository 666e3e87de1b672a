"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";

export interface MoreProps {
  label: string;
  busy?: boolean;
  onMore: () => void;
}

/** How far below the screen rows are made ready, so that who scrolls does not wait for them. */
const AHEAD = "600px";

/** The end of what is drawn: what follows comes when one scrolls near it, or presses it. */
export function More({ label, busy = false, onMore }: MoreProps) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (busy || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), {
      root: end.current.closest("#list"),
      rootMargin: `0px 0px ${AHEAD} 0px`,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [busy, onMore]);
  return (
    <div ref={end} className="mt-4 flex justify-center">
      <Button disabled={busy} onClick={onMore}>
        {label}
      </Button>
    </div>
  );
}
