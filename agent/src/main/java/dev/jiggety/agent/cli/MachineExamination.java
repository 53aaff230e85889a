package dev.jiggety.agent.cli;

import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.agent.probe.WorkerLostException;
import dev.jiggety.agent.worker.WorkerOptions;
import dev.jiggety.agent.worker.WorkerPool;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.model.Engine;
import dev.jiggety.model.Vitals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a node needs of this machine: a folder, secrets that nobody else reads, workers. */
final class MachineExamination {
  private final Findings findings;

  MachineExamination(Findings findings) {
    this.findings = findings;
  }

  /** A data folder: whether it can be written, and how much room there is. */
  void folder(Path data) {
    String what = "data folder " + data;
    try {
      if (!Files.isDirectory(data)) {
        findings.bad(what, "is not a folder; make it, or name the right one");
        return;
      }
      Files.delete(Files.createTempFile(data, "doctor", ".tmp"));
      long free = Files.getFileStore(data).getUsableSpace();
      String space = HealthText.size(free) + " free";
      if (free < Vitals.LITTLE_DISK) {
        findings.bad(
            what, "only " + space + "; make room, or results will be lost when it is full");
      } else {
        findings.good(what, "writable, " + space);
      }
    } catch (IOException e) {
      findings.bad(what, "cannot be written (" + e.getMessage() + "); give this user the right");
    }
  }

  /** The folder with secrets, where there is one. */
  void secrets(Examination.Place place) {
    Path data = place.data();
    if (data == null && place.secrets() == null) {
      return;
    }
    Path folder =
        SecretFiles.of(place.secrets(), System.getenv(), data == null ? Path.of(".") : data)
            .folder();
    String what = "secrets in " + folder;
    if (!Files.isDirectory(folder)) {
      if (place.secrets() != null) {
        findings.bad(what, "is not a folder; make it, or name the right one");
      }
      return;
    }
    try (Stream<Path> listed = Files.list(folder)) {
      List<Path> files = listed.filter(Files::isRegularFile).sorted().toList();
      boolean isFine = true;
      for (Path file : files) {
        isFine &= isPrivate(what, file);
      }
      if (isFine) {
        findings.good(what, files.size() + " that nobody else can read");
      }
    } catch (IOException e) {
      findings.bad(what, "cannot be read (" + e.getMessage() + "); give this user the right");
    }
  }

  private boolean isPrivate(String what, Path file) throws IOException {
    try {
      PrivateFiles.refuseReadableByOthers(file, "secret");
      return true;
    } catch (IllegalArgumentException e) {
      findings.bad(what, String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Whether worker processes start; gives back the engines that can be used. */
  Set<Engine> workers() {
    Set<Engine> usable = EnumSet.noneOf(Engine.class);
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "jiggety-doctor-" + ProcessHandle.current().pid());
    try (WorkerPool pool = WorkerPool.open(WorkerOptions.in(folder))) {
      WorkerPool.Report report = pool.examine();
      findings.good("worker processes", "start in " + Times.millis(report.start()));
      report.engines().forEach((name, missing) -> engine(name, missing, usable));
    } catch (WorkerLostException e) {
      findings.bad(
          "worker processes", e.getMessage() + "; scripts and pages cannot be tested here");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return usable;
  }

  private void engine(String name, String missing, Set<Engine> usable) {
    if (!missing.isEmpty()) {
      findings.odd("browser engine " + name, missing);
      return;
    }
    findings.good("browser engine " + name, "can be used");
    for (Engine engine : Engine.values()) {
      if (engine.label().equals(name)) {
        usable.add(engine);
      }
    }
  }
}
