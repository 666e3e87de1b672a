import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a list that is on its way. */
export function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading your tasks" className="flex flex-col gap-1 pt-2">
      {["w-1/2", "w-2/3", "w-2/5", "w-3/5", "w-1/3"].map((width) => (
        <div key={width} className="flex h-12 items-center gap-3 px-2">
          <Skeleton className="size-5 rounded-full" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}

export function WorkspaceSkeleton() {
  return (
    <main className="grid h-dvh md:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[15.5rem_minmax(0,1fr)_25rem]">
      <h1 className="sr-only">Todo Chatbot</h1>
      <p role="status" className="absolute inset-x-0 bottom-8 animate-late text-center text-sm text-muted">
        Waiting for the todo service…
      </p>
      <div className="hidden flex-col gap-3 border-r p-4 pt-20 xl:flex">
        {["w-3/4", "w-1/2", "w-2/3"].map((width) => (
          <Skeleton key={width} className={`h-5 ${width}`} />
        ))}
      </div>
      <div className="mx-auto w-full max-w-2xl px-6 pt-16">
        <Skeleton className="mb-6 h-8 w-32" />
        <ListSkeleton />
      </div>
      <div className="hidden border-l bg-surface md:block" />
    </main>
  );
}
