/**
 * Certificates of a server: an authority of one's own for those who have none, what it issues, and
 * the files that a server reads, again whenever they change. Keys, signatures and reading are the
 * JDK's; only the few bytes around them are put together here. Knows files, and nothing of hubs.
 */
@NullMarked
package dev.jiggety.agent.certificate;

import org.jspecify.annotations.NullMarked;
