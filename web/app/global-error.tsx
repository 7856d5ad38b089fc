'use client';

import './globals.css';

/** Stands in for the whole document where even the page's frame failed. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main style={{ padding: '2rem' }}>
          <h1>Armoire could not be shown</h1>
          <p>
            <a href="/">Load it again</a>
          </p>
        </main>
      </body>
    </html>
  );
}
