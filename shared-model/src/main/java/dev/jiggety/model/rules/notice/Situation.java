package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Policy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * All that decides who is told what now.
 *
 * @param incidents those that last, and those that ended lately
 * @param acts what people said of an incident, by its id, oldest first
 * @param policies all there are
 * @param tags those of a test, by its id; none for a test that is gone
 * @param notices all that were made of these incidents
 * @param now real time
 * @param epoch of the manager that asks
 */
public record Situation(
    Collection<Incident> incidents,
    Function<String, List<IncidentAct>> acts,
    Collection<Policy> policies,
    Function<String, Set<String>> tags,
    Collection<Notice> notices,
    Instant now,
    long epoch) {}
