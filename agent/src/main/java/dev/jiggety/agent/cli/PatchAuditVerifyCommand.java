package dev.jiggety.agent.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.rules.AuditChain;
import dev.jiggety.model.rules.AuditChain.Flaw;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety patch audit verify}: whether somebody changed the audit log afterwards. */
@Command(
    name = "verify",
    description = {
      "Check that nothing was taken out of the audit log, put in, or changed.",
      "Ends with 1 and names the first bad entry."
    },
    footer = {
      "%nExample:",
      "  jiggety patch audit verify",
      "  jiggety patch audit verify audit.json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchAuditVerifyCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "What 'audit --json' has printed; without it, the hub is asked.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  private final AuditChain chain = AuditChain.whole();
  private long entries;

  @Override
  public Integer call() {
    if (file == null) {
      try (Hub open = hub.open()) {
        new CouchRepositories(open, hub.names()).patches().audit(1, this::check);
      }
    } else {
      read(file, this::check);
    }
    Optional<Flaw> flaw = chain.end();
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("entries", entries);
      line.addProperty("ok", flaw.isEmpty());
      line.addProperty("last", chain.last());
      line.addProperty("digest", chain.digest());
      flaw.ifPresent(it -> {
        line.addProperty("bad", it.number());
        line.addProperty("reason", it.text());
      });
      spec.commandLine().getOut().println(line);
    } else if (flaw.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              "%d entries, nothing was changed; the digest of the last is %s"
                  .formatted(entries, chain.digest()));
    } else {
      spec.commandLine()
          .getErr()
          .println("jiggety: the audit log was changed: " + flaw.get().text());
    }
    return flaw.isEmpty() ? ExitCode.FINE : ExitCode.BAD;
  }

  private void check(AuditEntry entry) {
    entries++;
    chain.next(AuditDocument.TYPE.link(entry));
  }

  private static void read(Path file, Consumer<AuditEntry> consumer) {
    Gson gson = new Gson();
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(file))) {
      reader.beginArray();
      while (reader.hasNext()) {
        JsonObject document = gson.fromJson(reader, JsonObject.class);
        consumer.accept(AuditDocument.TYPE.read(document));
      }
      reader.endArray();
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.USAGE, "there is no file " + file);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new CliException(
          ExitCode.BAD,
          file + " is not what 'jiggety patch audit --json' prints: " + e.getMessage());
    } catch (DocumentException e) {
      throw new CliException(ExitCode.BAD, file + ": " + e.getMessage());
    }
  }
}
