package dev.jiggety.agent.queue;

/** A process that puts patches into the line until somebody kills it, and says which are safe. */
final class PuttingProcess {
  private PuttingProcess() {}

  /** Arguments: the broker's URL, and the number of the first patch. */
  public static void main(String[] args) {
    try (PatchQueue queue = ArtemisQueue.open(QueueConfig.at(args[0]))) {
      putAll(queue, Integer.parseInt(args[1]));
    }
  }

  /** Puts one patch after the other, for ever. */
  static void putAll(PatchQueue queue, int first) {
    for (int n = first; true; n++) {
      put(queue, new QueuedPatch("p" + n, n));
      System.out.println("safe " + n);
    }
  }

  /** Again and again, as is right after a failure. */
  private static void put(PatchQueue queue, QueuedPatch patch) {
    while (true) {
      try {
        queue.put(patch);
        return;
      } catch (QueueException e) {
        System.out.println("failed " + e.getMessage());
      }
    }
  }
}
