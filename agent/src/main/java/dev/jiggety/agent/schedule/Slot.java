package dev.jiggety.agent.schedule;

import dev.jiggety.model.TestDefinition;
import java.time.Instant;

/**
 * A planned time at which a test is to run now.
 *
 * @param test the definition in force at the planned time
 * @param planned wall clock, whole milliseconds
 */
public record Slot(TestDefinition test, Instant planned) {}
