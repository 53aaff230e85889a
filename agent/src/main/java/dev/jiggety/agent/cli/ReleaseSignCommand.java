package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.agent.release.ReleaseMaker;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.TrustedKey.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety release sign}: a release of bundles. */
@Command(
    name = "sign",
    description = {
      "Make a release of bundles, one for each platform, and sign it: what it consists of, byte by byte.",
      "Needs no hub, so that the key can stay on a machine without a network."
    },
    footer = {
      "%nExample:",
      "  jiggety release sign jiggety-1.4.0-*.bundle --key release.key --out jiggety-1.4.0.release"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReleaseSignCommand implements Runnable {
  @Mixin private KeyOption key;

  @Parameters(paramLabel = "BUNDLE", arity = "1..*", description = "What release build has made.")
  private List<Path> bundles;

  @Option(names = "--comment", paramLabel = "TEXT", description = "What is new, for people.")
  private String comment = "";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The release.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try {
      JsonObject signed =
          ReleaseMaker.sign(bundles, comment, key.open(Role.RELEASE), Instant.now());
      Files.writeString(out, signed + "\n");
      spec.commandLine()
          .getOut()
          .println(out + ": " + ReleaseDocument.TYPE.read(signed).version() + " is signed");
    } catch (IOException e) {
      throw new CliException(ExitCode.BAD, "cannot sign: " + e);
    }
  }
}
