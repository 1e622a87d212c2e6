import test from 'ava';
import {AnswerRatio} from '../src/answer-ratio.ts';

test('a few probes say nothing yet', t => {
	const ratio = new AnswerRatio();
	t.is(ratio.value, undefined);
	ratio.add(3, 3, 100);
	t.is(ratio.value, undefined);
});

test('rounds of one rate add up', t => {
	const ratio = new AnswerRatio();
	ratio.add(40, 10, 100);
	ratio.add(40, 30, 100);
	t.is(ratio.value, 0.5);
});

test('what faster rounds show is no standard', t => {
	const ratio = new AnswerRatio();
	ratio.add(100, 80, 100);
	ratio.add(1000, 100, 1000);
	t.is(ratio.value, 0.8);
});

test('a clearly slower round is a better standard', t => {
	const ratio = new AnswerRatio();
	ratio.add(100, 20, 1000);
	ratio.add(100, 80, 100);
	t.is(ratio.value, 0.8);
});

test('a slower round of too few probes is no standard', t => {
	const ratio = new AnswerRatio();
	ratio.add(100, 80, 1000);
	ratio.add(2, 0, 10);
	t.true(Math.abs(ratio.value! - 0.8) < 0.02);
});

test('chance takes the answers further the more probes there are, and the less is known', t => {
	const little = new AnswerRatio();
	little.add(10, 5, 100);
	const much = new AnswerRatio();
	much.add(1000, 500, 100);
	t.true(much.varianceOf(10, 5) < much.varianceOf(20, 10));
	t.true(much.varianceOf(100, 50) < little.varianceOf(100, 50));
	t.true(Math.abs(much.varianceOf(1, 0) - 0.25) < 0.01); // The variance of one draw at even chances
});

test('after a few probes that were all answered, chance still has its say', t => {
	const ratio = new AnswerRatio();
	ratio.add(10, 10, 100);
	t.true(ratio.varianceOf(10, 10) > 0.5);
});

test('few answers to many probes are not excused by a standard that is based on few', t => {
	const ratio = new AnswerRatio();
	ratio.add(12, 5, 100);
	const missing = 1000 * ratio.value! - 10;
	t.true(missing > 5 * Math.sqrt(ratio.varianceOf(1000, 10)));
});

test('it begins anew when the host behaves differently', t => {
	const ratio = new AnswerRatio();
	ratio.add(100, 100, 10);
	ratio.restart();
	t.is(ratio.value, undefined);
	ratio.add(100, 10, 5000);
	t.is(ratio.value, 0.1);
});

test('a slower round of which clearly less is answered is no better standard, and does not sink it', t => {
	const ratio = new AnswerRatio();
	ratio.add(40, 40, 1000);
	ratio.add(40, 20, 100);
	t.is(ratio.value, 1);
});

test('a slower round that is answered as often adds to the standard', t => {
	const ratio = new AnswerRatio();
	ratio.add(40, 20, 1000);
	ratio.add(40, 24, 100);
	t.is(ratio.value, 44 / 80);
});

test('once there is a limit, a faster round counts when it is confirmed that as many were answered', t => {
	const ratio = new AnswerRatio();
	ratio.add(80, 80, 100);
	ratio.confirm(100, 96, 200);
	t.is(ratio.value, 1);
	ratio.settle();
	const before = ratio.varianceOf(100, 90);
	ratio.confirm(100, 96, 200);
	t.is(ratio.value, 176 / 180);
	t.true(ratio.varianceOf(100, 90) < before);
});

test('enough probes of which far more were answered are the standard alone, few are not', t => {
	const ratio = new AnswerRatio();
	ratio.add(40, 20, 1000);
	ratio.replace(4, 4, 100);
	t.is(ratio.value, 1 / 2);
	ratio.replace(32, 32, 100);
	t.is(ratio.value, 1);
});

test('what counts already is not counted again', t => {
	const ratio = new AnswerRatio();
	ratio.add(80, 80, 100);
	ratio.settle();
	ratio.confirm(80, 76, 105);
	t.is(ratio.value, 1);
});
