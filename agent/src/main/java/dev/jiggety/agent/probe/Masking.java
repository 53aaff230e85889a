package dev.jiggety.agent.probe;

import dev.jiggety.base.Secret;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of whatever a sample says, before anybody sees it: as they are, in capitals or
 * not, encoded for an address, for JSON or HTML (see {@link SecretForm}), in Base64 also within a
 * longer text, and cut off by the end of a text. A picture is left out where there is anything to
 * hide: nobody can tell what it shows. Immutable.
 */
public final class Masking {
  /** With nothing to hide. */
  public static final Masking NONE = new Masking(List.of());

  private static final String STARS = "*****";

  private final List<SecretForm> forms;

  private Masking(List<SecretForm> forms) {
    this.forms = forms;
  }

  /** Hides these. */
  public static Masking of(Collection<Secret> secrets) {
    if (secrets.isEmpty()) {
      return NONE;
    }
    List<SecretForm> forms = new ArrayList<>();
    secrets.forEach(secret -> forms.addAll(SecretForm.of(secret.reveal())));
    forms.sort(Comparator.comparingInt(SecretForm::length).reversed());
    return new Masking(List.copyOf(forms));
  }

  /** The text with stars in the place of what is secret. */
  public String mask(String text) {
    if (forms.isEmpty() || text.isEmpty()) {
      return text;
    }
    StringBuilder masked = null;
    int at = 0;
    while (at < text.length()) {
      int end = endOfSecret(text, at);
      if (end > at) {
        if (masked == null) {
          masked = new StringBuilder(text.length()).append(text, 0, at);
        }
        masked.append(STARS);
        at = end;
      } else {
        if (masked != null) {
          masked.append(text.charAt(at));
        }
        at++;
      }
    }
    return masked == null ? text : masked.toString();
  }

  private int endOfSecret(String text, int at) {
    for (SecretForm form : forms) {
      int end = form.match(text, at);
      if (end > at) {
        return end;
      }
    }
    return at;
  }

  /** The sample with nothing secret in any of its texts. */
  public Sample mask(Sample sample) {
    if (forms.isEmpty()) {
      return sample;
    }
    return new Sample(
        sample.startedAt(),
        sample.total(),
        sample.phases(),
        sample.status(),
        sample.bytes(),
        sample.hops().stream()
            .map(hop -> new Hop(mask(hop.url()), hop.status(), hop.phases()))
            .toList(),
        mask(sample.failure()),
        sample.hiccup(),
        mask(sample.findings()));
  }

  private @Nullable Failure mask(@Nullable Failure failure) {
    return failure == null
        ? null
        : new Failure(failure.kind(), failure.phase(), mask(failure.text()));
  }

  private Findings mask(Findings findings) {
    return findings.equals(Findings.NONE)
        ? findings
        : new Findings(
            findings.steps().stream().map(this::mask).toList(),
            findings.chunks(),
            mask(findings.page()),
            mask(findings.evidence()),
            findings.certificateEnds());
  }

  private Step mask(Step step) {
    return new Step(
        mask(step.name()),
        step.line(),
        step.offset(),
        step.total(),
        step.phases(),
        mask(step.failure()),
        mask(step.output()));
  }

  private @Nullable PageLoad mask(@Nullable PageLoad page) {
    return page == null
        ? null
        : new PageLoad(
            mask(page.engine()),
            page.milestones(),
            page.requests(),
            page.bytes(),
            page.resources().stream().map(this::mask).toList(),
            page.consoleErrors(),
            page.networkErrors(),
            mask(page.messages()));
  }

  private PageLoad.Resource mask(PageLoad.Resource resource) {
    return new PageLoad.Resource(
        mask(resource.url()),
        mask(resource.type()),
        resource.status(),
        resource.bytes(),
        resource.start(),
        resource.duration(),
        resource.failed());
  }

  private @Nullable Evidence mask(@Nullable Evidence evidence) {
    return evidence == null
        ? null
        : new Evidence(
            mask(evidence.url()),
            evidence.status(),
            evidence.headers().stream()
                .map(header -> new Header(mask(header.name()), mask(header.value())))
                .toList(),
            mask(evidence.body()),
            mask(evidence.forms()),
            mask(evidence.links()),
            null,
            mask(evidence.leftOut()));
  }

  private List<String> mask(List<String> texts) {
    return texts.stream().map(this::mask).toList();
  }
}
