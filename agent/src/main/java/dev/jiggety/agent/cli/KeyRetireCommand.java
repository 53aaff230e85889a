package dev.jiggety.agent.cli;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jiggety key retire}: believes somebody no more, by a patch. */
@Command(
    name = "retire",
    description = {
      "Hand in a patch after which a key is not trusted any more.",
      "The last operator's and the last manager's key stay."
    },
    footer = {"%nExample:", "  jiggety key retire 21fe31dfa154a261626bf854046fd227"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyRetireCommand implements Runnable {
  /** Shorter beginnings of ids are met by chance. */
  private static final int SHORTEST = 6;

  @Parameters(
      paramLabel = "ID",
      description = "Which one, as jiggety key list shows it; its beginning is enough.")
  private String id;

  @Mixin private KeyPatch patch;

  @Override
  public void run() {
    patch.submit(inForce -> changes(id, inForce), "retire the key " + id);
  }

  static List<Change> changes(String beginning, Configuration inForce) {
    List<Content> meant =
        inForce.documents().entrySet().stream()
            .filter(it -> it.getKey().startsWith(Ids.key(beginning)))
            .map(Map.Entry::getValue)
            .toList();
    if (beginning.length() < SHORTEST || meant.size() != 1) {
      throw new CliException(
          ExitCode.USAGE,
          meant.isEmpty()
              ? "no key in force begins with " + beginning + "; see: jiggety key list"
              : beginning + " is too short to say which key; see: jiggety key list");
    }
    return List.of(Contents.delete(Contents.document(meant.getFirst())));
  }
}
