package dev.jiggety.agent.notify;

/**
 * One way to send. Called on a virtual thread that is interrupted when it takes too long; whatever
 * it does in between, it ends then. Never throws for what another machine can do.
 */
interface Transport {
  /**
   * Tries once.
   *
   * @param delivery with all secrets filled in
   */
  Answer send(Delivery delivery, Message message) throws InterruptedException;
}
