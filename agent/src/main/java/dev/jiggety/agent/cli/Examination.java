package dev.jiggety.agent.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.cli.Finding.Grade;
import dev.jiggety.agent.probe.WorkerLostException;
import dev.jiggety.agent.worker.WorkerOptions;
import dev.jiggety.agent.worker.WorkerPool;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.TestRepository.Tests;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the doctor looks at, in the order in which trouble is usually found. */
final class Examination {
  private static final Duration NEXT_WEEK = Duration.ofDays(7);
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);
  private static final long LITTLE_SPACE = 512L << 20;

  private final List<Finding> findings = new ArrayList<>();
  private final Instant now;

  private Examination(Instant now) {
    this.now = now;
  }

  static List<Finding> of(HubOption option, @Nullable Path data, Instant now) {
    Examination examination = new Examination(now);
    examination.good("program", new Version().getVersion()[0]);
    if (data != null) {
      examination.folder(data);
    }
    examination.workers();
    try (Hub hub = option.open()) {
      examination.hub(hub, option.names());
    }
    return List.copyOf(examination.findings);
  }

  private void folder(Path data) {
    String what = "data folder " + data;
    try {
      if (!Files.isDirectory(data)) {
        add(Grade.BAD, what, "is not a folder; make it, or name the right one");
        return;
      }
      Files.delete(Files.createTempFile(data, "doctor", ".tmp"));
      FileStore disk = Files.getFileStore(data);
      long free = disk.getUsableSpace();
      String space = (free >> 20) + " MiB free";
      if (free < LITTLE_SPACE) {
        add(
            Grade.BAD,
            what,
            "only " + space + "; make room, or results will be lost when it is full");
      } else {
        good(what, "writable, " + space);
      }
    } catch (IOException e) {
      add(Grade.BAD, what, "cannot be written (" + e.getMessage() + "); give this user the right");
    }
  }

  private void workers() {
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "jiggety-doctor-" + ProcessHandle.current().pid());
    try (WorkerPool pool = WorkerPool.open(WorkerOptions.in(folder))) {
      WorkerPool.Report report = pool.examine();
      good("worker processes", "start in " + Times.millis(report.start()));
      report
          .engines()
          .forEach((engine, missing) ->
              add(
                  missing.isEmpty() ? Grade.GOOD : Grade.ODD,
                  "browser engine " + engine,
                  missing.isEmpty() ? "can be used" : missing));
    } catch (WorkerLostException e) {
      add(Grade.BAD, "worker processes", e.getMessage() + "; scripts and pages cannot be tested");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hub(Hub hub, DatabaseNames names) {
    String what = "hub " + hub.address();
    switch (hub.welcome()) {
      case Outcome.Ok<JsonObject>(JsonObject welcome) ->
          good(what, "answers, " + describe(welcome));
      case Outcome.Unavailable<JsonObject> away -> {
        add(Grade.NO_HUB, what, away.inWords());
        return;
      }
      case Outcome<JsonObject> other -> add(Grade.BAD, what, other.inWords());
    }
    if (session(hub)) {
      clock(hub);
      databases(hub, names);
      content(new CouchRepositories(hub, names));
    }
  }

  private static String describe(JsonObject welcome) {
    JsonElement vendor = welcome.get("vendor");
    String version = welcome.has("version") ? welcome.get("version").getAsString() : "?";
    return vendor instanceof JsonObject object && object.has("name")
        ? object.get("name").getAsString() + " " + version
        : "version " + version;
  }

  private boolean session(Hub hub) {
    Outcome<JsonObject> session = hub.session();
    if (session instanceof Outcome.Ok<JsonObject>(JsonObject json)
        && json.get("userCtx") instanceof JsonObject user) {
      JsonElement name = user.get("name");
      good(
          "rights",
          (name == null || name.isJsonNull()
                  ? "not logged in"
                  : "logged in as " + name.getAsString())
              + ", roles "
              + user.get("roles"));
      return true;
    }
    add(
        session instanceof Outcome.Refused<JsonObject> ? Grade.NO_HUB : Grade.BAD,
        "rights",
        session.inWords());
    return false;
  }

  private void clock(Hub hub) {
    hub.clockOffset()
        .ifPresent(offset -> {
          boolean off = offset.abs().compareTo(CLOCK_TOLERANCE) > 0;
          add(
              off ? Grade.BAD : Grade.GOOD,
              "clock",
              off
                  ? "differs from the hub's by " + offset.toSeconds() + " s; set up NTP on both"
                  : "agrees with the hub's to the second");
        });
  }

  private void databases(Hub hub, DatabaseNames names) {
    List<String> needed =
        List.of(names.config(), names.status(), names.live(now), names.live(now.plus(NEXT_WEEK)));
    for (String name : needed) {
      Outcome<DatabaseInfo> info = hub.database(name).info();
      switch (info) {
        case Outcome.Ok<DatabaseInfo>(DatabaseInfo found) ->
            good("database " + name, found.documents() + " documents");
        case Outcome.Missing<DatabaseInfo> _ ->
            add(Grade.BAD, "database " + name, "is not there; run 'jiggety provision'");
        default -> add(Grade.BAD, "database " + name, info.inWords());
      }
    }
  }

  private void content(CouchRepositories repositories) {
    try {
      Tests tests = repositories.tests().all();
      good("tests", tests.tests().size() + " can be read");
      tests.unreadable().forEach(line -> add(Grade.BAD, "tests", line));
      List<NodeStatus> nodes = repositories.nodes().all();
      nodes.forEach(this::node);
      if (nodes.isEmpty()) {
        add(Grade.ODD, "nodes", "none has reported yet; start one with 'jiggety node'");
      }
    } catch (HubException e) {
      add(Grade.BAD, "content", String.valueOf(e.getMessage()));
    }
  }

  private void node(NodeStatus node) {
    String what = "node " + node.name();
    Duration silence = Duration.between(node.heartbeatAt(), now);
    if (silence.compareTo(Freshness.NODE) > 0) {
      add(Grade.BAD, what, "last heard " + Times.ago(node.heartbeatAt(), now) + "; is it running?");
    } else if (node.quarantined() > 0) {
      add(Grade.BAD, what, node.quarantined() + " documents were refused by the hub; see its log");
    } else {
      good(what, node.tests() + " tests, backlog " + node.backlog() + " runs");
    }
  }

  private void good(String what, String text) {
    add(Grade.GOOD, what, text);
  }

  private void add(Grade grade, String what, String text) {
    findings.add(new Finding(what, grade, text));
  }
}
