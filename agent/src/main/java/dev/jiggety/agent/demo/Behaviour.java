package dev.jiggety.agent.demo;

import java.time.Duration;

/** How a page of the sample shop answers just now: a small vocabulary of faults. */
sealed interface Behaviour {

  /** As it should, after {@code delay}. */
  record Answer(Duration delay) implements Behaviour {}

  /** An error page with this HTTP status. */
  record Fail(int status) implements Behaviour {}

  /** Takes the request and says nothing. */
  record Stall() implements Behaviour {}

  /** Half an answer, then the connection is cut. */
  record Cut() implements Behaviour {}
}
