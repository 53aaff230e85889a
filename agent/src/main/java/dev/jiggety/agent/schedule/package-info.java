/**
 * When each test runs. {@link dev.jiggety.agent.schedule.Timetable} decides, without a thread or a
 * clock of its own, which slots are due, missed or suppressed; {@link
 * dev.jiggety.agent.schedule.Scheduler} gives it a thread and a clock. Every slot is accounted for
 * exactly once, through restarts, sleep and clocks that are set.
 */
@NullMarked
package dev.jiggety.agent.schedule;

import org.jspecify.annotations.NullMarked;
