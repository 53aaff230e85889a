/**
 * The line of patches on a message queue, and who of several managers may take from it. A port,
 * {@link dev.jiggety.agent.queue.PatchQueue}, over Jakarta Messaging: a broker in this process by
 * default, one elsewhere by URL. The queue keeps patches and their order safe between submission
 * and the head; it is not what the order is proved by.
 */
@NullMarked
package dev.jiggety.agent.queue;

import org.jspecify.annotations.NullMarked;
