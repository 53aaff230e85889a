package dev.jiggety.agent.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** Small images of an agent, whose program is a shell script. */
public final class Images {
  private Images() {}

  /** An image whose program does that. */
  public static Path of(Path folder, String script) throws IOException {
    Path program = folder.resolve(BundleWriter.PROGRAM);
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("lib/deep"));
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    byte[] noise = new byte[2_500_000]; // three parts of a bundle
    new Random(1).nextBytes(noise);
    Files.write(folder.resolve("lib/deep/noise"), noise);
    Files.deleteIfExists(folder.resolve("lib/link"));
    Files.createSymbolicLink(folder.resolve("lib/link"), Path.of("deep/noise"));
    return folder;
  }

  /** An image whose program passes the start-up check, and has that version. */
  public static Path good(Path folder, String version) throws IOException {
    return of(folder, "echo '{\"version\":\"" + version + "\"}'");
  }
}
