/**
 * All of Jiggety on one machine with nothing to install: an embedded hub, three nodes, and a small
 * sample shop that slows down, fails and heals on a timetable. Wires the roles together and holds
 * no logic of theirs.
 */
@NullMarked
package dev.jiggety.agent.demo;

import org.jspecify.annotations.NullMarked;
