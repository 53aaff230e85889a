package dev.jiggety.model.rules;

import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a run may tell. One sample tells all: the last that failed, else the last one; the
 * others keep their times and few steps. So a run stays below 3 million characters whatever a page
 * does (with 20 samples, each tried again ten times), and a common one below 30,000.
 */
public final class EvidenceRules {
  /** Characters of a body. */
  public static final int BODY = 4_096;

  /** Characters of an address. */
  public static final int URL = 500;

  /** Characters of a line: a header's value, a form, a link, a message, a step's name. */
  public static final int LINE = 300;

  /** Characters of why something failed. */
  public static final int FAILURE = 2_000;

  /** Headers, forms, links, and messages, of each. */
  public static final int LIST = 20;

  /** Resources of a page; its requests are counted all. */
  public static final int RESOURCES = 60;

  /** Steps of the sample that tells all. */
  public static final int STEPS = 200;

  /** Steps of the others. */
  public static final int FEW_STEPS = 10;

  /** Points in the arrival of a body. */
  public static final int CHUNKS = 32;

  /** Hops of the sample that tells all. */
  public static final int HOPS = 30;

  /** Hops of the others. */
  public static final int FEW_HOPS = 5;

  /** Bytes of a picture. */
  public static final int PICTURE = 300 * 1024;

  private EvidenceRules() {}

  /** The run with no more than it may tell. */
  public static Run bounded(Run run) {
    int telling = telling(run.samples());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < run.samples().size(); i++) {
      samples.add(bounded(run.samples().get(i), i == telling));
    }
    return new Run(
        run.testId(),
        run.node(),
        run.plannedAt(),
        run.lateness(),
        samples,
        run.retried().stream().map(sample -> bounded(sample, false)).toList(),
        run.verdict());
  }

  /**
   * The run with nothing but its times and why it failed, where many wait in memory; it says that
   * more was there.
   */
  public static Run bare(Run run) {
    return new Run(
        run.testId(),
        run.node(),
        run.plannedAt(),
        run.lateness(),
        run.samples().stream().map(EvidenceRules::bare).toList(),
        run.retried().stream().map(EvidenceRules::bare).toList(),
        run.verdict());
  }

  private static Sample bare(Sample sample) {
    Evidence told = sample.findings().evidence();
    if (told == null) {
      return sample.withFindings(Findings.NONE);
    }
    Evidence evidence =
        new Evidence(
            told.url(),
            told.status(),
            List.of(),
            "",
            List.of(),
            List.of(),
            null,
            List.of("all else: too many results were waiting for the node's disk"));
    return sample.withFindings(
        new Findings(List.of(), List.of(), null, evidence, sample.findings().certificateEnds()));
  }

  /** Which sample tells all. */
  private static int telling(List<Sample> samples) {
    for (int i = samples.size() - 1; i >= 0; i--) {
      if (!samples.get(i).passed()) {
        return i;
      }
    }
    return samples.size() - 1;
  }

  private static Sample bounded(Sample sample, boolean all) {
    Findings told = sample.findings();
    if (tellsLittle(sample, all)) {
      return sample;
    }
    Findings findings =
        told.equals(Findings.NONE)
            ? Findings.NONE
            : new Findings(
                steps(told.steps(), all),
                all ? chunks(told.chunks()) : List.of(),
                page(told.page(), all),
                all && told.evidence() != null ? evidence(told.evidence()) : null,
                told.certificateEnds());
    return new Sample(
        sample.startedAt(),
        sample.total(),
        sample.phases(),
        sample.status(),
        sample.bytes(),
        hops(sample.hops(), all ? HOPS : FEW_HOPS),
        failure(sample.failure(), all ? FAILURE : LINE),
        sample.hiccup(),
        findings);
  }

  /** Such as most samples: one request that went well. */
  private static boolean tellsLittle(Sample sample, boolean all) {
    Findings told = sample.findings();
    return sample.failure() == null
        && sample.hops().isEmpty()
        && told.steps().isEmpty()
        && told.chunks().size() <= (all ? CHUNKS : 0)
        && told.page() == null
        && told.evidence() == null;
  }

  private static @Nullable Failure failure(@Nullable Failure failure, int longest) {
    return failure == null
        ? null
        : new Failure(failure.kind(), failure.phase(), cut(failure.text(), longest));
  }

  private static List<Hop> hops(List<Hop> hops, int most) {
    List<Hop> kept = hops.subList(Math.max(0, hops.size() - most), hops.size());
    return kept.stream()
        .map(hop -> new Hop(cut(hop.url(), URL), hop.status(), hop.phases()))
        .toList();
  }

  /** The first ones, and the last, where it ended. */
  private static List<Step> steps(List<Step> steps, boolean all) {
    int most = all ? STEPS : FEW_STEPS;
    List<Step> kept = new ArrayList<>(steps.subList(0, Math.min(most, steps.size())));
    if (steps.size() > most) {
      kept.set(most - 1, steps.getLast());
    }
    kept.replaceAll(step ->
        new Step(
            cut(step.name(), LINE),
            step.line(),
            step.offset(),
            step.total(),
            step.phases(),
            failure(step.failure(), LINE),
            all ? cut(step.output(), LINE) : ""));
    return kept;
  }

  /** Every n-th one, and the last. */
  private static List<Findings.Chunk> chunks(List<Findings.Chunk> chunks) {
    if (chunks.size() <= CHUNKS) {
      return chunks;
    }
    List<Findings.Chunk> kept = new ArrayList<>();
    for (int i = 1; i <= CHUNKS; i++) {
      kept.add(chunks.get((int) ((long) i * chunks.size() / CHUNKS) - 1));
    }
    return kept;
  }

  private static @Nullable PageLoad page(@Nullable PageLoad page, boolean all) {
    if (page == null) {
      return null;
    }
    List<PageLoad.Resource> resources =
        all
            ? page.resources().stream().limit(RESOURCES).map(EvidenceRules::resource).toList()
            : List.of();
    List<String> messages = all ? lines(page.messages(), "messages", new ArrayList<>()) : List.of();
    return new PageLoad(
        cut(page.engine(), LINE),
        page.milestones(),
        page.requests(),
        page.bytes(),
        resources,
        page.consoleErrors(),
        page.networkErrors(),
        messages);
  }

  private static PageLoad.Resource resource(PageLoad.Resource resource) {
    return new PageLoad.Resource(
        cut(resource.url(), URL),
        cut(resource.type(), LINE),
        resource.status(),
        resource.bytes(),
        resource.start(),
        resource.duration(),
        resource.failed());
  }

  /** The same with no more than it may hold; it says what was left out. */
  public static Evidence evidence(Evidence evidence) {
    List<String> leftOut = new ArrayList<>(lines(evidence.leftOut(), "notes", new ArrayList<>()));
    List<Header> headers =
        evidence.headers().stream()
            .limit(LIST)
            .map(header -> new Header(cut(header.name(), LINE), cut(header.value(), LINE)))
            .toList();
    more(evidence.headers().size(), "headers", leftOut);
    if (evidence.body().length() > BODY) {
      leftOut.add("the body after its first " + BODY + " characters");
    }
    List<String> forms = lines(evidence.forms(), "forms", leftOut);
    List<String> links = lines(evidence.links(), "links", leftOut);
    Picture picture = evidence.picture();
    if (picture != null && picture.bytes() > PICTURE) {
      leftOut.add(
          "the picture: its "
              + picture.bytes() / 1024
              + " KiB are more than "
              + PICTURE / 1024
              + " KiB");
      picture = null;
    }
    return new Evidence(
        cut(evidence.url(), URL),
        evidence.status(),
        headers,
        cut(evidence.body(), BODY),
        forms,
        links,
        picture,
        leftOut);
  }

  private static List<String> lines(List<String> lines, String what, List<String> leftOut) {
    more(lines.size(), what, leftOut);
    return lines.stream().limit(LIST).map(line -> cut(line, LINE)).toList();
  }

  private static void more(int count, String what, List<String> leftOut) {
    if (count > LIST) {
      leftOut.add((count - LIST) + " more " + what);
    }
  }

  /** The beginning of a text, never with half a character at its end. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
