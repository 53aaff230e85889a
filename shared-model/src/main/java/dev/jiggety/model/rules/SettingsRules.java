package dev.jiggety.model.rules;

import dev.jiggety.base.HostAndPort;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the settings, place by place, in the words of their document. */
public final class SettingsRules {
  private static final int MOST_REFERENCES = 10;
  private static final Duration LONGEST = Duration.ofDays(3_660);
  private static final long LEAST_DISK = 100_000_000;

  private SettingsRules() {}

  /** Everything that is wrong; empty when they can hold. */
  public static List<Problem> problems(Settings settings) {
    List<Problem> problems = new ArrayList<>();
    if (settings.references().size() > MOST_REFERENCES) {
      problems.add(new Problem("references", "must be at most " + MOST_REFERENCES));
    }
    for (HostAndPort reference : settings.references()) {
      if (reference.port() == HostAndPort.NO_PORT) {
        problems.add(
            new Problem(
                "references", "\"" + reference.host() + "\" needs a port, like host.example:443"));
      }
    }
    TestRules.range("retention.live", settings.liveFor(), Duration.ofDays(7), LONGEST, problems);
    TestRules.range(
        "retention.archive", settings.archiveFor(), Duration.ofDays(31), LONGEST, problems);
    if (settings.diskBudget() != 0 && settings.diskBudget() < LEAST_DISK) {
      problems.add(new Problem("retention.disk", "must be at least 100MB, or absent for no limit"));
    }
    int before = (int) Findings.SOON.toDays();
    for (int days : settings.certificateDays()) {
      if (days < 1 || days >= before) {
        problems.add(
            new Problem(
                "certificate-days",
                "must be 1 to "
                    + (Findings.SOON.toDays() - 1)
                    + " days each, the largest first, none twice"));
        break;
      }
      before = days;
    }
    return List.copyOf(problems);
  }
}
