package dev.jiggety.agent.replication;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The peer of the other tests keeps the contract too. */
class MemoryPeerTest extends PeerContract {
  @Override
  Peer open() {
    var peer = new MemoryPeer("contract");
    peer.onWait(patience -> {
      var seq = peer.seq();
      var end = System.nanoTime() + patience.toNanos();
      while (peer.seq() == seq && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    });
    return peer;
  }

  @Override
  void close() {}
}
