// @ts-check
// Plays a story from the moment that is looked at, or from its beginning, a minute a second.

const SPEED = 60;

export class Replay {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    this.frame = 0;
  }

  get isPlaying() { return this.frame !== 0; }

  toggle() {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  play() {
    const { page } = this;
    let at = page.view.at ?? page.story?.from;
    if (at === undefined) return;
    let before = performance.now();
    const move = (/** @type {number} */ now) => {
      at += (now - before) * SPEED;
      before = now;
      if (at >= page.story.to) { this.pause(); page.travel(null); return; }
      page.glance(at);
      this.frame = requestAnimationFrame(move);
    };
    page.tools.playing(true);
    this.frame = requestAnimationFrame(move);
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.page.tools.playing(false);
    this.page.travel(this.page.view.at);
  }
}
