package dev.jiggety.agent.hub.behaviour;

/**
 * One thing that a CouchDB does.
 *
 * @param name a sentence
 * @param check fails where the server does otherwise
 */
record Behaviour(String name, Check check) {

  /** Requests, and what must be answered. */
  @FunctionalInterface
  interface Check {
    void run(Couch couch) throws Exception;
  }

  static Behaviour behaviour(String name, Check check) {
    return new Behaviour(name, check);
  }
}
