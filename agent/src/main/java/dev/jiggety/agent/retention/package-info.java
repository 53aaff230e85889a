/**
 * How long results are kept on the hub: databases are made ahead, dropped as a whole when they are
 * old, and what was dropped is recorded. {@link dev.jiggety.agent.retention.RetentionPlan} decides,
 * {@link dev.jiggety.agent.retention.Housekeeper} does it.
 */
@NullMarked
package dev.jiggety.agent.retention;

import org.jspecify.annotations.NullMarked;
