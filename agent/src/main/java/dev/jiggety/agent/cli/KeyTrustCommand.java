package dev.jiggety.agent.cli;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jiggety key trust}: believes somebody, by a patch. */
@Command(
    name = "trust",
    description = {
      "Hand in a patch after which the keys in a file are trusted: operators' patches, managers' heads, releases of the agent.",
      "You sign it with your own key, which has to be trusted already."
    },
    footer = {"%nExample:", "  jiggety key trust grace.pub"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyTrustCommand implements Runnable {
  @Parameters(paramLabel = "FILE", description = "Public keys, as jiggety key show prints them.")
  private Path file;

  @Mixin private KeyPatch patch;

  @Override
  public void run() {
    List<TrustedKey> keys = KeyFile.readTrusted(file);
    patch.submit(
        inForce -> changes(keys, inForce),
        "trust "
            + keys.stream()
                .map(key -> key.name() + " (" + key.role().label() + ")")
                .collect(Collectors.joining(", ")));
  }

  /** Those that are in force already are left out. */
  static List<Change> changes(List<TrustedKey> keys, Configuration inForce) {
    List<Change> changes = new ArrayList<>();
    for (TrustedKey key : keys) {
      String id = Ids.key(key.id());
      Content wanted = Contents.of(KeyDocument.TYPE.write(key));
      Content now = inForce.documents().get(id);
      if (now == null || !now.digest().equals(wanted.digest())) {
        changes.add(new Change.Put(id, wanted, now == null ? null : now.digest()));
      }
    }
    return List.copyOf(changes);
  }
}
