package dev.jiggety.agent.incident;

import dev.jiggety.model.Incident;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How much is known where episodes are judged.
 *
 * @param since what was over before that is not judged
 * @param created episodes that began before that are another judgement's to record
 * @param trusted from then on all is known: what was recorded otherwise was wrong
 * @param cut up to when there is knowledge, where that is not now; an episode that lasts then may
 *     have lasted longer
 * @param decided what began from then on may turn out yet, so that nothing of it was wrong
 * @param ends when something that began before {@code trusted} was over, where that is certain
 */
record Scope(
    Instant since,
    Instant created,
    Instant trusted,
    @Nullable Instant cut,
    Instant decided,
    Function<Incident, Optional<Instant>> ends) {}
