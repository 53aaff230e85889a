package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.KeyRules;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety key create}: a new key, for a person or a manager. */
@Command(
    name = "create",
    description = {
      "Make a new key: the private half for you alone, the public half beside it for others to trust.",
      "A key that is there is never overwritten. Needs no hub."
    },
    footer = {"%nExample:", "  jiggety key create --name ada"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyCreateCommand implements Runnable {
  @Option(
      names = "--name",
      required = true,
      description = "Whose it is: your name at the hub, which stands in your patches.")
  private String name;

  @Option(
      names = "--role",
      defaultValue = "operator",
      description =
          "operator: signs patches; manager: signs what is in force; release: signs releases of the agent (default: operator).")
  private Role role;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to (default: ROLE.key in your configuration folder).")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    if (!KeyRules.isName(name)) {
      throw new CliException(
          ExitCode.USAGE,
          "--name \""
              + name
              + "\" must be 1 to 64 letters, digits, blanks or . _ @ + - and begin with a letter or"
              + " digit");
    }
    Path file = out == null ? KeyOption.usual(role) : out;
    Path open = openHalf(file);
    if (Files.exists(open)) {
      throw new CliException(
          ExitCode.USAGE, "there is a file " + open + " already; choose another name by --out");
    }
    SigningKey key = SigningKey.generate(name, role);
    KeyFile.create(file, key);
    try {
      Files.writeString(open, KeyFile.line(key.trusted()) + "\n");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.BAD,
          "the key is in %s, but its public half cannot be written to %s; print it by: jiggety key show %s"
              .formatted(file, open, file));
    }
    print(key.trusted(), file, open);
  }

  private void print(TrustedKey key, Path file, Path open) {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      JsonObject made = KeyShowCommand.json(key);
      made.addProperty("file", file.toString());
      made.addProperty("publicFile", open.toString());
      to.println(made);
      return;
    }
    // The line alone is the output, so that "key create > ada.pub" makes a file to be trusted.
    PrintWriter aside = spec.commandLine().getErr();
    aside.println("private key: " + file + "  (for you alone; keep a copy in a safe place)");
    aside.println("public half: " + open + "  (for whoever is to trust it)");
    to.println(KeyFile.line(key));
  }

  /** {@code ada.key} → {@code ada.pub}. */
  private static Path openHalf(Path file) {
    String whole = String.valueOf(file.getFileName());
    String stem = whole.endsWith(".key") ? whole.substring(0, whole.length() - 4) : whole;
    return file.resolveSibling(stem + ".pub");
  }
}
