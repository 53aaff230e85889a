package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Policy.Selection;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;

/** Which incidents a policy is about. */
public final class Selections {
  private Selections() {}

  /**
   * Whether it is about an incident.
   *
   * @param tags those of a test, by its id
   */
  public static boolean isAbout(
      Selection which, Incident incident, Function<String, Set<String>> tags) {
    if (!which.kinds().isEmpty() && !which.kinds().contains(incident.kind())) {
      return false;
    }
    boolean namesTests = !which.tests().isEmpty() || !which.tags().isEmpty();
    boolean namesNodes = !which.nodes().isEmpty();
    String subject = incident.subject();
    if (incident.kind() == Incident.Kind.NODE) {
      return namesNodes ? which.nodes().contains(subject) : !namesTests;
    }
    return namesTests
        ? which.tests().contains(subject)
            || !Collections.disjoint(which.tags(), tags.apply(subject))
        : !namesNodes;
  }
}
