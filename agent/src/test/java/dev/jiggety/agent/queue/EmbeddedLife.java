package dev.jiggety.agent.queue;

import java.nio.file.Path;

/** A manager with its broker in its own process, until somebody kills it. */
final class EmbeddedLife {
  private EmbeddedLife() {}

  /** Arguments: the folder, and the number of the first patch. */
  public static void main(String[] args) {
    try (PatchQueue queue = ArtemisQueue.open(QueueConfig.embedded(Path.of(args[0])))) {
      TakingProcess.take(queue);
      PuttingProcess.putAll(queue, Integer.parseInt(args[1]));
    }
  }
}
