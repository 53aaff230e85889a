package dev.jiggety.desktop.run;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Makes words and bars of measurements. Immutable. */
final class Storyteller {
  /** Below this nobody wants to hear that a run began late. */
  private static final Duration LATE = Duration.ofMillis(100);

  private static final Evidence NO_EVIDENCE =
      new Evidence("", 0, List.of(), "", List.of(), List.of(), null);

  private final Texts texts;
  private final Ages ages;

  Storyteller(Texts texts, Ages ages) {
    this.texts = texts;
    this.ages = ages;
  }

  /** The samples that count, then those that were tried again. */
  List<SampleStory> tell(Run run, Instant now) {
    List<SampleStory> all = new ArrayList<>();
    int number = 1;
    for (Sample sample : run.samples()) {
      all.add(tell(run, sample, texts.get("run.sample", number++), now));
    }
    number = 1;
    for (Sample sample : run.retried()) {
      all.add(tell(run, sample, texts.get("run.retried", number++), now));
    }
    return all;
  }

  private SampleStory tell(Run run, Sample sample, String title, Instant now) {
    Findings findings = sample.findings();
    Evidence evidence = findings.evidence() == null ? NO_EVIDENCE : findings.evidence();
    PageLoad page = findings.page();
    return new SampleStory(
        title,
        summary(sample),
        failure(sample.failure()),
        notes(run, sample, now),
        sample.total(),
        sample.phases(),
        hops(run, sample, evidence),
        steps(sample),
        page == null ? List.of() : resources(page),
        page == null ? "" : inALine(page),
        page == null ? List.of() : milestones(page),
        page == null ? List.of() : page.messages(),
        evidence.url(),
        evidence.headers(),
        evidence.body(),
        evidence.forms(),
        evidence.links(),
        evidence.leftOut(),
        evidence.picture());
  }

  private String summary(Sample sample) {
    StringJoiner parts = new StringJoiner(" · ");
    parts.add(ages.millis(sample.total()));
    if (sample.status() != 0) {
      parts.add(texts.get("run.status", "" + sample.status()));
    }
    if (sample.bytes() > 0) {
      parts.add(bytes(sample.bytes()));
    }
    return parts.toString();
  }

  private String failure(@Nullable Failure failure) {
    if (failure == null) {
      return "";
    }
    String kind = texts.get("run.error." + failure.kind());
    Phase phase = failure.phase();
    return phase == null
        ? texts.get("run.failure", kind, failure.text())
        : texts.get("run.failure.in", kind, failure.text(), phaseName(phase));
  }

  private List<String> notes(Run run, Sample sample, Instant now) {
    List<String> notes = new ArrayList<>();
    if (run.lateness().compareTo(LATE) >= 0) {
      notes.add(texts.get("run.late", ages.millis(run.lateness())));
    }
    if (!sample.hiccup().isZero()) {
      notes.add(texts.get("run.hiccup", ages.millis(sample.hiccup())));
    }
    Instant ends = sample.findings().certificateEnds();
    if (ends != null) {
      notes.add(
          ends.isAfter(now)
              ? texts.get("run.certificate", Duration.between(now, ends).toDays())
              : texts.get("run.certificate.over"));
    }
    return notes;
  }

  private List<BarRow> hops(Run run, Sample sample, Evidence evidence) {
    List<Hop> hops = sample.hops();
    if (hops.isEmpty()) {
      if (sample.phases().happened().isEmpty()) {
        return List.of();
      }
      String url = evidence.url().isEmpty() ? run.testId() : evidence.url();
      hops = List.of(new Hop(url, sample.status(), sample.phases()));
    }
    List<BarRow> rows = new ArrayList<>();
    Duration at = Duration.ZERO;
    for (Hop hop : hops) {
      Duration length = hop.phases().sum();
      rows.add(
          new BarRow(
              hop.url(),
              hop.status() == 0 ? "" : "" + hop.status(),
              at,
              length,
              parts(hop.phases(), at),
              hop.status() >= 400,
              spoken(hop.phases(), length)));
      at = at.plus(length);
    }
    return rows;
  }

  private List<BarRow> steps(Sample sample) {
    List<BarRow> rows = new ArrayList<>();
    for (Step step : sample.findings().steps()) {
      boolean isPlain = step.phases().happened().isEmpty();
      String name = step.output().isEmpty() ? step.name() : step.name() + "\n" + step.output();
      rows.add(
          new BarRow(
              step.failure() == null ? name : name + "\n" + failure(step.failure()),
              step.line() == 0 ? "" : "" + step.line(),
              step.offset(),
              step.total(),
              isPlain
                  ? List.of(new BarRow.Part("phase-rest", step.offset(), step.total()))
                  : withRest(step),
              step.failure() != null,
              spoken(step.phases(), step.total())));
    }
    return rows;
  }

  private static List<BarRow.Part> withRest(Step step) {
    List<BarRow.Part> parts = new ArrayList<>(parts(step.phases(), step.offset()));
    Duration known = step.phases().sum();
    if (step.total().compareTo(known) > 0) {
      parts.add(
          new BarRow.Part("phase-rest", step.offset().plus(known), step.total().minus(known)));
    }
    return parts;
  }

  private List<BarRow> resources(PageLoad page) {
    List<BarRow> rows = new ArrayList<>();
    for (PageLoad.Resource resource : page.resources()) {
      boolean isBad = resource.failed() || resource.status() >= 400;
      rows.add(
          new BarRow(
              resource.url(),
              resource.failed()
                  ? texts.get("run.resource.failed")
                  : resource.status() == 0 ? resource.type() : "" + resource.status(),
              resource.start(),
              resource.duration(),
              List.of(
                  new BarRow.Part(
                      isBad ? "resource-failed" : "resource-" + resource.type(),
                      resource.start(),
                      resource.duration())),
              isBad,
              texts.get(
                  "run.resource.spoken",
                  resource.type(),
                  bytes(resource.bytes()),
                  ages.millis(resource.start()),
                  ages.millis(resource.duration()))));
    }
    return rows;
  }

  private String inALine(PageLoad page) {
    return texts.get(
        "run.page",
        page.engine(),
        page.requests(),
        bytes(page.bytes()),
        page.consoleErrors(),
        page.networkErrors());
  }

  private List<SampleStory.Milestone> milestones(PageLoad page) {
    return page.milestones().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(one -> new SampleStory.Milestone(one.getKey(), ages.millis(one.getValue())))
        .toList();
  }

  private static List<BarRow.Part> parts(Phases phases, Duration from) {
    List<BarRow.Part> parts = new ArrayList<>();
    Duration at = from;
    for (Map.Entry<Phase, Duration> phase : phases.happened().entrySet()) {
      parts.add(new BarRow.Part("phase-" + phase.getKey().label(), at, phase.getValue()));
      at = at.plus(phase.getValue());
    }
    return parts;
  }

  private String spoken(Phases phases, Duration total) {
    StringJoiner words = new StringJoiner(", ");
    words.add(ages.millis(total));
    phases
        .happened()
        .forEach((phase, time) -> words.add(phaseName(phase) + " " + ages.millis(time)));
    return words.toString();
  }

  private String phaseName(Phase phase) {
    return texts.get("phase." + phase.label());
  }

  /** A size as people say it. */
  String bytes(long bytes) {
    if (bytes < 1_000) {
      return texts.get("run.bytes", bytes);
    }
    return bytes < 1_000_000
        ? texts.get("run.kilobytes", bytes / 1e3)
        : texts.get("run.megabytes", bytes / 1e6);
  }
}
