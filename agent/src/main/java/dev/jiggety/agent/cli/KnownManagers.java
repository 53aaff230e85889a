package dev.jiggety.agent.cli;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The managers to whom an operator's secrets may be sealed: those of a file, else those that the
 * hub named when this person first handed something in there. A hub that names another one later is
 * not believed, since whoever takes it over could read along.
 *
 * @param folder where they are kept, a file for each hub
 */
record KnownManagers(Path folder) {

  static KnownManagers usual() {
    Path key = KeyOption.usual(Role.OPERATOR);
    return new KnownManagers(Objects.requireNonNullElse(key.getParent(), Path.of(".")));
  }

  /**
   * Whom to believe.
   *
   * @param file the managers' public keys; null for those that are known
   * @param named the keys in force, as the hub says
   * @throws CliException when nobody can be believed
   */
  Trust of(@Nullable Path file, HubAddress hub, String prefix, Trust named, PrintWriter err) {
    if (file != null) {
      return managers(KeyFile.readTrusted(file));
    }
    Trust there = managers(List.copyOf(named.keys().values()));
    Path known = folder.resolve("managers-" + Envelopes.mark(hub + " " + prefix) + ".pub");
    if (!Files.exists(known)) {
      if (there.keys().isEmpty()) {
        throw new CliException(
            ExitCode.BAD,
            "no manager is known on " + hub + "; start one with: jiggety manager --hub " + hub);
      }
      keep(known, there);
      there
          .keys()
          .values()
          .forEach(it ->
              err.println(
                  "jiggety: the manager %s with the key %s is believed from now on; kept in %s"
                      .formatted(it.name(), it.id(), known)));
      return there;
    }
    Trust believed = managers(KeyFile.readTrusted(known));
    there.keys().values().stream()
        .filter(it -> believed.find(it.id()).isEmpty())
        .forEach(it ->
            err.println(
                "jiggety: the hub names a manager %s that is not known here, so nothing is sealed to it; if that is right, add to %s the line: %s"
                    .formatted(it.name(), known, KeyFile.line(it))));
    return believed;
  }

  private static Trust managers(List<TrustedKey> keys) {
    return Trust.of(keys.stream().filter(it -> it.role() == Role.MANAGER).toList());
  }

  private static void keep(Path file, Trust managers) {
    try {
      PrivateFiles.create(
          file,
          managers.keys().values().stream()
              .map(KeyFile::line)
              .collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.BAD, "cannot keep the managers' keys in " + file + "; give them by --managers");
    }
  }
}
