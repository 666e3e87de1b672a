import Link from "next/link";
import { Message } from "@/components/shell/message";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <Message title="There is no such page" detail="The address may be mistyped, or the page was moved.">
      <Button asChild variant="primary">
        <Link href="/">Back to your list</Link>
      </Button>
    </Message>
  );
}
