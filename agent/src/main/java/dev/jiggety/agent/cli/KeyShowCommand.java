package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.signing.KeyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety key show}: what others need to trust somebody. */
@Command(
    name = "show",
    description = {
      "Print the public halves of the keys in a file, as --trust takes them. Never prints a secret.",
      "Needs no hub."
    },
    footer = {"%nExample:", "  jiggety key show > ada.pub"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyShowCommand implements Runnable {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A private key, or public ones (default: your operator.key).")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print a JSON array with an object for each key.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<TrustedKey> keys = KeyFile.readAny(file == null ? KeyOption.usual(Role.OPERATOR) : file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray all = new JsonArray();
      keys.forEach(key -> all.add(json(key)));
      out.println(all);
    } else {
      keys.forEach(key -> out.println(KeyFile.line(key)));
    }
  }

  static JsonObject json(TrustedKey key) {
    JsonObject object = new JsonObject();
    object.addProperty("id", key.id());
    object.addProperty("name", key.name());
    object.addProperty("role", key.role().label());
    object.addProperty("key", key.key());
    return object;
  }
}
