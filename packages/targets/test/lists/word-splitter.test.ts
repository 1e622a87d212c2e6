import test from 'ava';
import * as fc from 'fast-check';
import {WordSplitter} from '../../src/lists/word-splitter.ts';

/** The words of a text that comes in the given chunks, each with its line. */
const wordsOf = (...chunks: readonly string[]): string[] => {
	const words: string[] = [];
	const splitter = new WordSplitter((bytes, begin, end, line) => {
		words.push(`${line}:${new TextDecoder().decode(bytes.subarray(begin, end))}`);
	});
	for (const chunk of chunks) {
		splitter.push(new TextEncoder().encode(chunk));
	}

	splitter.end();
	return words;
};

test('words stand between any blanks, and comments end with the line', t => {
	t.deepEqual(wordsOf('10.0.0.1 10.0.0.2\t# a comment 10.0.0.3\r\n\0example.org#x\n\nlast'), [
		'1:10.0.0.1',
		'1:10.0.0.2',
		'2:example.org',
		'4:last',
	]);
});

test('a line may end with a carriage return alone', t => {
	t.deepEqual(wordsOf('a#b\rc'), ['1:a', '1:c']);
});

test('a text of blanks and comments has no words', t => {
	t.deepEqual(wordsOf(' \t\r\n# nothing\n#'), []);
	t.deepEqual(wordsOf(), []);
});

test('a text that ends is not continued by the next', t => {
	const words: string[] = [];
	const splitter = new WordSplitter((bytes, begin, end, line) => {
		words.push(`${line}:${new TextDecoder().decode(bytes.subarray(begin, end))}`);
	});
	for (const text of ['a\nb # c', 'd']) {
		splitter.push(new TextEncoder().encode(text));
		splitter.end();
	}

	t.deepEqual(words, ['1:a', '2:b', '1:d']);
});

test('where a chunk ends makes no difference', t => {
	const piece = fc.constantFrom('ab', 'c', ' ', '\n', '#', '\r', '\0', 'é');
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(piece, {maxLength: 30}), fc.array(fc.nat({max: 5})), (pieces, sizes) => {
				const whole = new TextEncoder().encode(pieces.join(''));
				const words: string[] = [];
				const splitter = new WordSplitter((bytes, begin, end, line) => {
					words.push(`${line}:${new TextDecoder().decode(bytes.subarray(begin, end))}`);
				});
				let at = 0;
				for (const size of sizes) {
					splitter.push(whole.subarray(at, at + size));
					at = Math.min(whole.length, at + size);
				}

				splitter.push(whole.subarray(at));
				splitter.end();
				return words.join() === wordsOf(pieces.join('')).join();
			}),
			{numRuns: 1000},
		),
	);
});
