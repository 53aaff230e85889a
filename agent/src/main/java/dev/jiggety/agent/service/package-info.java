/**
 * The agent as a service of its machine: tells systemd that it is ready and alive, writes its log
 * as the journal wants it, keeps its last log lines, and makes the files by which systemd, launchd
 * or Windows start it. Knows no role; the command line puts them together.
 */
@NullMarked
package dev.jiggety.agent.service;

import org.jspecify.annotations.NullMarked;
