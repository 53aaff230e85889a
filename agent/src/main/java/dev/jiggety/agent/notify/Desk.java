package dev.jiggety.agent.notify;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.rules.notice.NoticePlan;
import dev.jiggety.model.rules.notice.NoticeRules;
import dev.jiggety.model.rules.notice.Situation;
import dev.jiggety.repository.ConfigurationFeed;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed.Connection;
import dev.jiggety.repository.HubFeed.Subscription;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NoticeRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows incidents and configuration, makes the notices that are due, and hands them to the lanes
 * of their channels. All that it knows is on the hub: another manager goes on where this one ended.
 * One thread; the loop ends with the term, or by {@link #close}.
 */
final class Desk implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Desk.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  /** What comes together is looked at together. */
  private static final Duration BREATH = Duration.ofMillis(50);

  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final String HUB = "hub";
  private static final String GIVEN_UP = "given up";
  private static final int FEEDS = 3;

  private final Sources sources;
  private final Term term;
  private final Clerk clerk;
  private final Requests requests;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Picture picture = new Picture(); // with the lock
  private final Set<String> heard = new HashSet<>(); // with the lock
  private final Set<String> inHand = new HashSet<>(); // with the lock
  private final Map<String, ChannelState> channels = new HashMap<>(); // with the lock
  private final List<Subscription> feeds = new ArrayList<>();
  private final Thread thread;
  private boolean isDirty; // with the lock
  private boolean mustPlan; // with the lock
  private boolean closed; // with the lock
  private Instant soonest = Instant.MAX; // with the lock; to plan again at the latest
  private Instant planAgain = Instant.EPOCH; // of the loop
  private Instant forgetAt = Instant.EPOCH; // of the loop
  private int failures; // of the loop

  private static final class ChannelState {
    final Lane lane;
    Instant notBefore = Instant.EPOCH;
    int failures;

    ChannelState(Lane lane) {
      this.lane = lane;
    }
  }

  Desk(Sources sources, Term term, Post post, NotifySettings settings) {
    this.sources = sources;
    this.term = term;
    this.clerk = new Clerk(sources.notices(), term, post, settings);
    this.requests = new Requests(sources.notices(), term);
    this.thread = Thread.ofVirtual().name("notify").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @throws HubException when the hub cannot be asked now
   */
  Desk start() {
    Instant since = term.now().minus(Picture.REMEMBERED);
    Instant first = since;
    for (Stored<Incident> stored : sources.incidents().between(since, term.now())) {
      Instant detected = stored.value().detected();
      first = detected.isBefore(first) ? detected : first;
    }
    feeds.add(sources.configuration().follow(new OfConfiguration()));
    feeds.add(sources.incidents().follow(since, new OfIncidents()));
    // One piece of time back: the time in an id is the beginning of its piece.
    feeds.add(sources.notices().follow(first.minus(Duration.ofDays(1)), new OfNotices()));
    thread.start();
    return this;
  }

  private void run() {
    while (true) {
      Duration pause;
      try {
        if (!await() || term.isOver()) {
          return;
        }
        pause = round();
        failures = 0;
        term.fine(HUB);
      } catch (InterruptedException e) {
        return;
      } catch (HubException e) {
        pause = RETRY.delay(failures++, random);
        term.trouble(HUB, "notices cannot be kept: " + e.getMessage());
      } catch (RuntimeException | Error e) {
        pause = RETRY.delay(failures++, random);
        LOG.log(System.Logger.Level.ERROR, "deciding who is told stumbled", e);
        term.trouble(HUB, "deciding who is told failed: " + e);
      }
      try {
        sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Waits until everything is known; false when it is closed. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && heard.size() < FEEDS) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void sleep(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long nanos = Math.min(pause.toNanos(), LONGEST_SLEEP.toNanos());
      while (!closed && !isDirty && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
    TimeUnit.MILLISECONDS.sleep(BREATH.toMillis());
  }

  /** One look at everything; gives how long nothing happens by itself. */
  private Duration round() {
    Instant now = term.now();
    List<NoticeRequest> asked;
    boolean plans;
    lock.lock();
    try {
      isDirty = false;
      plans = mustPlan || !planAgain.isAfter(now) || !soonest.isAfter(now);
      mustPlan = false;
      soonest = plans ? Instant.MAX : soonest;
      asked = picture.requests();
      if (!forgetAt.isAfter(now)) {
        picture.forget(now);
        forgetAt = now.plus(FORGET);
      }
    } finally {
      lock.unlock();
    }
    for (Stored<Notice> notice : requests.serve(asked, this::known)) {
      learn(notice);
      tryAtOnce(notice.value().channel());
    }
    if (plans) {
      try {
        plan(now);
      } catch (RuntimeException e) {
        changed(true); // nothing of it is forgotten
        throw e;
      }
    }
    Instant next = dispatch(now);
    say(now);
    Instant wake = next.isBefore(planAgain) ? next : planAgain;
    return Duration.between(now, wake).isNegative() ? Duration.ZERO : Duration.between(now, wake);
  }

  private void plan(Instant now) {
    Situation situation;
    lock.lock();
    try {
      situation = picture.situation(now, term.epoch());
    } finally {
      lock.unlock();
    }
    NoticePlan plan = NoticeRules.plan(situation);
    if (!plan.due().isEmpty() && !term.isOver()) {
      List<Stored<Notice>> created = sources.notices().create(plan.due());
      created.forEach(this::learn);
      Set<String> ours = new HashSet<>();
      created.forEach(notice -> ours.add(notice.value().id()));
      for (Notice notice : plan.due()) {
        if (!ours.contains(notice.id())) {
          sources.notices().find(notice.id()).ifPresent(this::learn);
        }
      }
      changed(true); // what was made can have something else follow
    }
    planAgain = plan.lookAgain().orElse(now.plus(LONGEST_SLEEP));
  }

  private void learn(Stored<Notice> notice) {
    lock.lock();
    try {
      picture.put(notice);
    } finally {
      lock.unlock();
    }
  }

  /** Who asks for a message by hand has mended something, and waits for the answer. */
  private void tryAtOnce(String id) {
    lock.lock();
    try {
      ChannelState channel = channels.get(id);
      if (channel != null) {
        channel.notBefore = Instant.EPOCH;
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Stored<Notice>> known(String id) {
    lock.lock();
    try {
      return picture.notice(id);
    } finally {
      lock.unlock();
    }
  }

  /** Hands on what can be sent now; gives when the next can. */
  private Instant dispatch(Instant now) {
    Instant next = now.plus(LONGEST_SLEEP);
    lock.lock();
    try {
      next = soonest.isBefore(next) ? soonest : next;
      Set<String> full = new HashSet<>();
      for (Stored<Notice> stored : picture.unfinished()) {
        Notice notice = stored.value();
        if (inHand.contains(notice.id()) || full.contains(notice.channel())) {
          continue;
        }
        if (closed) {
          return next;
        }
        ChannelState channel = channels.computeIfAbsent(notice.channel(), this::open);
        Instant at = notice.next() == null ? now : notice.next();
        at = channel.notBefore.isAfter(at) ? channel.notBefore : at;
        if (at.isAfter(now)) {
          next = at.isBefore(next) ? at : next;
        } else if (channel.lane.offer(stored)) {
          inHand.add(notice.id());
        } else {
          full.add(notice.channel()); // it asks again when it has handled some
        }
      }
    } finally {
      lock.unlock();
    }
    return next;
  }

  private ChannelState open(String channel) {
    return new ChannelState(
        new Lane(channel, (notice, writing) -> handle(channel, notice, writing)));
  }

  /** On the thread of the channel's lane. */
  private void handle(String id, Stored<Notice> stored, Lock writing) throws InterruptedException {
    Clerk.@Nullable Done done = null;
    try {
      int before;
      Optional<Channel> channel;
      lock.lock();
      try {
        ChannelState state = channels.get(id);
        if (closed || state == null || state.notBefore.isAfter(term.now())) {
          return;
        }
        before = state.failures;
        channel = picture.channel(id);
      } finally {
        lock.unlock();
      }
      done = clerk.handle(stored, channel, before, this::words, writing);
    } finally {
      handled(id, stored, done);
    }
  }

  private void handled(String id, Stored<Notice> stored, Clerk.@Nullable Done done) {
    lock.lock();
    try {
      inHand.remove(stored.value().id());
      ChannelState state = channels.get(id);
      if (done != null && state != null) {
        picture.put(done.standing());
        state.failures = done.trouble().isEmpty() ? 0 : state.failures + 1;
        state.notBefore = done.pause().isZero() ? Instant.EPOCH : term.now().plus(done.pause());
        if (done.standing().value().isFinal()) {
          planAgainSoon();
        }
      }
      isDirty = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (done != null && done.trouble().isEmpty()) {
      term.fine("channel " + id);
    } else if (done != null) {
      term.trouble("channel " + id, "the channel " + id + " does not work: " + done.trouble());
    }
  }

  /** Reminders count from what was sent; a second later is soon enough. */
  private void planAgainSoon() {
    Instant soon = term.now().plusSeconds(1);
    soonest = soonest.isAfter(soon) ? soon : soonest;
  }

  private Message words(Notice notice) {
    Map<String, Incident> incidents = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    lock.lock();
    try {
      for (Notice.Item item : notice.items()) {
        picture
            .incident(item.incident())
            .ifPresent(incident -> {
              incidents.put(incident.id(), incident);
              names.put(incident.subject(), picture.nameOf(incident.subject()));
            });
      }
    } finally {
      lock.unlock();
    }
    return new Composer(
            id ->
                Optional.ofNullable(incidents.get(id))
                    .or(() -> sources.incidents().find(id).map(Stored::value)),
            test -> names.getOrDefault(test, test),
            sources::response)
        .compose(notice, term.now());
  }

  private void say(Instant now) {
    int waiting;
    long failed;
    boolean isSilent;
    lock.lock();
    try {
      waiting = picture.unfinished().size();
      failed = picture.failedSince(now.minus(Duration.ofDays(1)));
      isSilent = !picture.hasPolicies();
    } finally {
      lock.unlock();
    }
    term.says(
        isSilent
            ? "nobody is told of anything: there is no policy"
            : waiting == 0 ? "nothing waits" : waiting + " notices wait");
    if (failed == 0) {
      term.fine(GIVEN_UP);
    } else {
      term.trouble(
          GIVEN_UP,
          failed + " notices of the last day were given up; see: jiggety notify list --failed");
    }
  }

  private void changed(boolean plans) {
    lock.lock();
    try {
      isDirty = true;
      mustPlan |= plans;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void hears(String feed, Connection connection) {
    if (connection instanceof Connection.Connected) {
      lock.lock();
      try {
        heard.add(feed);
      } finally {
        lock.unlock();
      }
      changed(true);
    }
  }

  @Override
  public void close() {
    List<Lane> lanes = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      channels.values().forEach(channel -> lanes.add(channel.lane));
    } finally {
      lock.unlock();
    }
    lanes.forEach(Lane::close);
    feeds.forEach(Subscription::close);
  }

  private final class OfConfiguration implements ConfigurationFeed.Listener {
    @Override
    public void document(String id, @Nullable JsonObject document) {
      lock.lock();
      try {
        mustPlan |= picture.put(id, document);
        isDirty |= mustPlan;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void connection(Connection connection) {
      hears("configuration", connection);
    }
  }

  private final class OfIncidents implements IncidentRepository.Listener {
    @Override
    public void incident(Stored<Incident> incident) {
      lock.lock();
      try {
        mustPlan |= picture.put(incident.value());
        isDirty |= mustPlan;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void act(IncidentAct act) {
      lock.lock();
      try {
        mustPlan |= picture.put(act);
        isDirty |= mustPlan;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void connection(Connection connection) {
      hears("incidents", connection);
    }
  }

  private final class OfNotices implements NoticeRepository.Listener {
    @Override
    public void notice(Stored<Notice> notice) {
      lock.lock();
      try {
        isDirty |= picture.put(notice);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void request(NoticeRequest request) {
      lock.lock();
      try {
        picture.put(request);
        isDirty = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void connection(Connection connection) {
      hears("notices", connection);
    }
  }
}
