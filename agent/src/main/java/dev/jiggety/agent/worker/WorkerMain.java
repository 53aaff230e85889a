package dev.jiggety.agent.worker;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The program of a worker process. Not for people: an agent starts it and speaks to it. */
public final class WorkerMain {
  private WorkerMain() {}

  /**
   * Measures until the agent is gone; without arguments it practises and ends.
   *
   * @param arguments its folder, and the agent's process id
   */
  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      Practice.run();
      System.exit(0);
    }
    InputStream in = new BufferedInputStream(System.in);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err); // whatever a library prints is no message
    Locale.setDefault(Locale.ROOT);
    preferToBeKilled();
    new Child(in, out, new WorkerFolder(Path.of(arguments[0])), Long.parseLong(arguments[1])).run();
  }

  /** When the machine runs out of memory Linux should take a worker, and not the agent. */
  private static void preferToBeKilled() {
    Path score = Path.of("/proc/self/oom_score_adj");
    try {
      if (Files.isWritable(score)) {
        Files.writeString(score, "500", StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      // Then they are equal.
    }
  }
}
