package dev.jiggety.desktop.view.editor;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;

/** From a test to the fields of a form. */
final class FormFiller {
  private static final int LONGEST_ID = 64;

  private FormFiller() {}

  static void fill(TestForm form, TestDefinition test) {
    form.id.set(test.id());
    form.name.set(test.name());
    form.active.set(test.active());
    form.tags.set(String.join(", ", test.tags()));
    if (test.check() instanceof Check.Http http) {
      fill(form, http);
    }
    switch (test.schedule()) {
      case Schedule.Every every -> {
        form.when.set(TestForm.When.EVERY);
        form.every.set(Durations.format(every.interval()));
      }
      case Schedule.Cron cron -> {
        form.when.set(TestForm.When.CRON);
        form.cron.set(cron.expression());
        form.zone.set(cron.zone().getId());
      }
    }
    form.whereTags.set(String.join(", ", test.where().tags()));
    form.whereNodes.set(String.join(", ", test.where().nodes()));
    form.samples.set("" + test.samples());
    form.timeout.set(Durations.format(test.timeout()));
    form.retries.set("" + test.retries().count());
    form.retryDelay.set(Durations.format(test.retries().delay()));
    switch (test.quorum()) {
      case Quorum.AtLeast atLeast -> {
        form.agree.set(TestForm.Agree.NODES);
        form.quorum.set("" + atLeast.nodes());
      }
      case Quorum.Percent percent -> {
        form.agree.set(TestForm.Agree.PERCENT);
        form.quorum.set("" + percent.percent());
      }
    }
    Duration total = test.degraded().total();
    form.degradedTotal.set(total == null ? "" : Durations.format(total));
    form.degradedPhases.forEach((phase, field) -> {
      Duration limit = test.degraded().phases().get(phase);
      field.set(limit == null ? "" : Durations.format(limit));
    });
    form.assertions.setAll(test.assertions().stream().map(AssertionRow::new).toList());
  }

  private static void fill(TestForm form, Check.Http http) {
    HttpRequest request = http.request();
    form.method.set(request.method());
    form.url.set(request.url());
    form.body.set(request.body() instanceof HttpBody.Text text ? text.text() : "");
    form.followRedirects.set(http.redirects().follow());
    form.maxRedirects.set("" + http.redirects().max());
    form.headers.setAll(request.headers().stream().map(HeaderRow::new).toList());
  }

  /** An id made from a name: lower-case letters, digits and hyphens; empty when nothing is left. */
  static String id(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_ID)).replaceAll("-$", "");
  }
}
