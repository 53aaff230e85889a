package dev.jiggety.agent.cli;

import dev.jiggety.agent.release.BundleWriter;
import dev.jiggety.agent.release.DataSchema;
import dev.jiggety.agent.release.Manifest;
import dev.jiggety.agent.release.Platform;
import dev.jiggety.model.rules.ReleaseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety release build}: a bundle of an image. */
@Command(
    name = "build",
    description = {
      "Pack an image of the agent into a bundle: one file, with a manifest of all that is in it.",
      "The same image makes the same bundle, byte by byte. Needs no hub."
    },
    footer = {
      "%nExample:",
      "  jiggety release build --image target/image --release 1.4.0 --out jiggety-1.4.0-linux-x64.bundle"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReleaseBuildCommand implements Runnable {
  @Option(
      names = "--image",
      paramLabel = "DIR",
      required = true,
      description =
          "The program with its runtime, as packaging makes it: bin/jiggety and the rest.")
  private Path image;

  @Option(
      names = "--release",
      paramLabel = "VERSION",
      description = "What the program in it says that it is (default: this program's version).")
  private @Nullable String release;

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description = "What it is made for, like linux-aarch64 (default: this machine's).")
  private @Nullable String platform;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The bundle.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String version = release == null ? Version.text() : release;
    if (!ReleaseRules.isVersion(version)) {
      throw new CliException(
          ExitCode.USAGE,
          "\""
              + version
              + "\" cannot be a version; use digits, lower-case letters, dots and hyphens");
    }
    try {
      Manifest manifest =
          BundleWriter.write(
              image, version, platform == null ? Platform.here() : platform, DataSchema.OWN, out);
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s for %s, %d files, %d bytes (%d unpacked)%n",
              out,
              manifest.version(),
              manifest.platform(),
              manifest.files().size(),
              Files.size(out),
              manifest.unpacked());
    } catch (IOException e) {
      throw new CliException(ExitCode.BAD, "cannot pack " + image + ": " + e);
    }
  }
}
