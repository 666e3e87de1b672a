"use client";

import { useEffect } from "react";
import { Message } from "@/components/shell/message";
import { Button } from "@/components/ui/button";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <Message title="This page stumbled" detail="What you typed is kept. Loading it again usually helps.">
      <Button variant="primary" onClick={reset}>
        Try again
      </Button>
    </Message>
  );
}
