package dev.jiggety.agent.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How many workers there may be and what each may take. Start from {@link #in}.
 *
 * @param folder for what workers have on disk; of this pool alone, made when it is needed
 * @param workers how many may measure at the same time, at least 1
 * @param heapMegabytes what a page may take of a worker's memory, at least 32
 * @param treeMegabytes what a worker and the processes that it started may take together
 * @param runs after so many a worker is replaced
 * @param idle a worker that has nothing to do for so long is ended
 * @param grace what a measurement may take beyond its timeout before the worker is killed
 * @param archive whether an archive of classes is kept in the folder, with which workers start in
 *     half the time; it takes some 50 MB and a few seconds to make, once
 * @param javaOptions more options for the JVMs
 */
public record WorkerOptions(
    Path folder,
    int workers,
    int heapMegabytes,
    int treeMegabytes,
    int runs,
    Duration idle,
    Duration grace,
    boolean archive,
    List<String> javaOptions) {
  /** What a page may take of memory where nobody says otherwise. */
  public static final int USUAL_MEGABYTES = 256;

  /** A browser of its own with a few large pages. */
  private static final int LEAST_TREE = 1536;

  public WorkerOptions {
    javaOptions = List.copyOf(javaOptions);
    if (workers < 1) {
      throw new IllegalArgumentException("at least one worker is needed");
    }
    if (heapMegabytes < 32) {
      throw new IllegalArgumentException("a worker needs at least 32 MB");
    }
  }

  /** One worker for each processor. */
  public static WorkerOptions in(Path folder) {
    return new WorkerOptions(
        folder,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        USUAL_MEGABYTES,
        LEAST_TREE,
        200,
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        false,
        List.of());
  }

  /** The same with an archive of classes, for a folder that stays. */
  public WorkerOptions withArchive() {
    return new WorkerOptions(
        folder, workers, heapMegabytes, treeMegabytes, runs, idle, grace, true, javaOptions);
  }

  /** The same with so many workers. */
  public WorkerOptions withWorkers(int count) {
    return new WorkerOptions(
        folder, count, heapMegabytes, treeMegabytes, runs, idle, grace, archive, javaOptions);
  }

  /** The same with so much memory for a page. */
  public WorkerOptions withMegabytes(int heap) {
    return new WorkerOptions(
        folder,
        workers,
        heap,
        Math.max(LEAST_TREE, 3 * heap),
        runs,
        idle,
        grace,
        archive,
        javaOptions);
  }

  /** The same with more options for the JVMs. */
  public WorkerOptions withJava(String... more) {
    return new WorkerOptions(
        folder, workers, heapMegabytes, treeMegabytes, runs, idle, grace, archive, List.of(more));
  }

  /** The same with workers that are replaced sooner or later. */
  public WorkerOptions withLife(int replacedAfter, Duration endedAfter) {
    return new WorkerOptions(
        folder,
        workers,
        heapMegabytes,
        treeMegabytes,
        replacedAfter,
        endedAfter,
        grace,
        archive,
        javaOptions);
  }
}
