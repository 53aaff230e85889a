package dev.jiggety.agent.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few megabytes in memory, to be filled up. Only root may mount one. */
public record SmallDisk(Path folder) implements AutoCloseable {

  /** Mounts one; where that is not allowed the test is skipped, and says so. */
  public static SmallDisk mount(Path folder, int bytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean mounted;
    try {
      mounted = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString()) == 0;
    } catch (IOException e) {
      mounted = false; // no such program
    }
    assumeTrue(mounted, "a full disk needs the right to mount a small tmpfs (root)");
    return new SmallDisk(folder);
  }

  /** Leaves no room. */
  public void fill() throws IOException {
    fill(0);
  }

  /** Leaves room for some bytes. */
  public void fill(int room) throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (filler().toFile().getUsableSpace() > room) {
        out.write(page);
      }
    } catch (IOException e) {
      if (filler().toFile().getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Makes room again. */
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** Takes no writes any more, from anybody. Nothing may be open for writing. */
  public void makeReadOnly() throws IOException, InterruptedException {
    if (run("mount", "-o", "remount,ro", folder.toString()) != 0) {
      throw new IOException("cannot make " + folder + " read-only");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", "-l", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
