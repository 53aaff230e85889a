package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety incidents show}: one incident with its evidence. */
@Command(
    name = "show",
    description = {
      "Show an incident: its witnesses, what they saw, and all that was decided about it.",
      "Single results are kept for weeks; of an older incident the witnesses alone are left."
    },
    footer = {
      "%nExample:",
      "  jiggety incidents show 20261122T101503120:test:shop --picture shop.png"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class IncidentShowCommand implements Runnable {
  private static final int MOST_EVIDENCE = 5;

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The incident.")
  private String id;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Save the first screenshot of the evidence there.")
  private @Nullable Path picture;

  @Option(
      names = "--json",
      description = "Print one JSON object, with the witnesses' runs and the notices.")
  private boolean json;

  /** A witness's run, as far as it is still there. */
  private record Seen(Incident.Witness witness, Run run) {
    Optional<Sample> failed() {
      return Stream.concat(run.samples().stream(), run.retried().stream())
          .filter(sample -> !sample.passed())
          .findFirst();
    }
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      Incident incident = find(repositories.incidents(), id);
      List<Seen> seen = seen(incident, repositories.results());
      List<Notice> notices = notices(incident, repositories.notices(), Instant.now());
      if (json) {
        out.println(json(incident, seen, notices));
      } else {
        IncidentText.all(incident, Instant.now(), Ansi.detect()).forEach(out::println);
        IncidentText.told(notices, incident.id()).forEach(out::println);
        print(seen, out);
      }
      out.flush();
      if (picture != null) {
        save(seen, repositories.results(), picture);
      }
    }
  }

  /**
   * One incident.
   *
   * @throws CliException where there is none
   */
  static Incident find(IncidentRepository incidents, String id) {
    String bare = id.startsWith("incident:") ? id.substring("incident:".length()) : id;
    return incidents
        .find(bare)
        .map(Stored::value)
        .orElseThrow(() ->
            new CliException(
                ExitCode.BAD, "there is no incident " + bare + "; list them: jiggety incidents"));
  }

  /** Who was told of it, and who was not and why. */
  private static List<Notice> notices(Incident incident, NoticeRepository notices, Instant now) {
    Instant resolved = incident.resolved();
    // The time of a notice is the beginning of the piece of time that it puts together.
    Instant from = incident.detected().minus(Duration.ofDays(1));
    Instant to = (resolved == null ? now : resolved).plus(Duration.ofDays(1));
    return notices.between(from, to).stream()
        .map(Stored::value)
        .filter(it -> it.items().stream().anyMatch(item -> item.incident().equals(incident.id())))
        .toList();
  }

  /** The runs of those that spoke against it, the last of each node first. */
  private static List<Seen> seen(Incident incident, ResultRepository results) {
    List<Seen> seen = new ArrayList<>();
    for (Incident.Witness witness : incident.witnesses().reversed()) {
      boolean isFirst = seen.stream().noneMatch(it -> it.witness.node().equals(witness.node()));
      if (witness.verdict() != Verdict.UP && isFirst && seen.size() < MOST_EVIDENCE) {
        results
            .find(witness.batch())
            .flatMap(batch -> runOf(batch, incident.subject(), witness))
            .ifPresent(run -> seen.add(new Seen(witness, run)));
      }
    }
    return seen;
  }

  private static Optional<Run> runOf(Batch batch, String test, Incident.Witness witness) {
    return batch.runs().stream()
        .filter(run -> run.testId().equals(test))
        .filter(run ->
            Word.of(witness.batch(), batch.clock(), run).start().toEpochMilli()
                == witness.at().toEpochMilli())
        .findFirst();
  }

  private static void print(List<Seen> seen, PrintWriter out) {
    for (Seen one : seen) {
      out.println("  seen by " + one.witness.node() + " at " + one.witness.at());
      one.failed()
          .map(sample -> FindingsText.of(sample, FindingsText.terminalWidth(System.getenv())))
          .orElse(List.of())
          .forEach(line -> out.println("  " + line));
    }
  }

  private static JsonObject json(Incident incident, List<Seen> seen, List<Notice> notices) {
    JsonObject json = IncidentDocument.TYPE.write(incident);
    JsonArray runs = new JsonArray();
    for (Seen one : seen) {
      JsonObject run = BatchDocument.write(one.run);
      run.addProperty("node", one.witness.node());
      runs.add(run);
    }
    json.add("runs", runs);
    JsonArray told = new JsonArray();
    notices.forEach(notice -> told.add(NoticeDocument.TYPE.write(notice)));
    json.add("notices", told);
    return json;
  }

  private static void save(List<Seen> seen, ResultRepository results, Path file) {
    for (Seen one : seen) {
      Picture found =
          one.failed()
              .map(sample -> sample.findings().evidence())
              .map(Evidence::picture)
              .orElse(null);
      if (found != null) {
        Optional<byte[]> bytes = results.picture(one.witness.batch(), found.name());
        if (bytes.isPresent()) {
          try {
            Files.write(file, bytes.get());
            return;
          } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
          }
        }
      }
    }
    throw new CliException(ExitCode.BAD, "no witness has a screenshot; pages and scripts make one");
  }
}
