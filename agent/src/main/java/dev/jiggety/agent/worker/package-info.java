/**
 * Worker processes: child JVMs in which probes are measured that run what others have written, like
 * scripts of pages. {@link dev.jiggety.agent.worker.WorkerPool} keeps them warm and bounded and is
 * the agent's side, {@link dev.jiggety.agent.worker.WorkerMain} the child's; they speak in messages
 * over the child's standard input and output. Whatever a page does to a child, the run ends with a
 * reason and the agent goes on. See docs/operations/workers.md.
 */
@NullMarked
package dev.jiggety.agent.worker;

import org.jspecify.annotations.NullMarked;
